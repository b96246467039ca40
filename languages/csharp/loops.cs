class Program {
    static int state = 1;

    static void Main() {
        while (true) {
            state = unchecked(state * 1103515245 + 12345);
        }
    }
}
