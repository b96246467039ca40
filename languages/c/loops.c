int main(void) {
    volatile unsigned state = 1;
    for (;;)
        state = state * 1103515245u + 12345u;
}
