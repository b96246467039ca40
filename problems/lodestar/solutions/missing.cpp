int main() { return star; }
