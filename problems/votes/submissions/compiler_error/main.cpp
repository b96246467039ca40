// A submitted main.cpp gives way to the package's: the function is missing.
int main() {}
