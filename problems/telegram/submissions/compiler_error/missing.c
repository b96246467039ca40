int main(void) { return word; }
