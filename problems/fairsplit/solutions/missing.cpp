// Does not compile.
int main() { return answer; }
