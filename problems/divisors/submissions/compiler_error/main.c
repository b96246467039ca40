int main(void) { return divisors; }
