int main(void) { return machine; }
