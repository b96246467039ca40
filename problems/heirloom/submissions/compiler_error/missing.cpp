int main() { return generation; }
