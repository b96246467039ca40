int main() {
    volatile unsigned seed = 12345;
    unsigned state = seed;
    while (true) {
        state = state * 1103515245u + seed;
    }
}
