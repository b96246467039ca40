/* Ends without a guess, and badly. */
int main(void) { return 3; }
