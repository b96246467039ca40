int main() { std::cout << "none\n"; }
