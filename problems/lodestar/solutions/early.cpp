// Ends without an answer.
int main() {}
