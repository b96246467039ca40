int main(void) { return fibonacci; }
