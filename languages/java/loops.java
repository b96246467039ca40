public class Main {
    static int state = 1;

    public static void main(String[] args) {
        while (true) {
            state = state * 1103515245 + 12345;
        }
    }
}
