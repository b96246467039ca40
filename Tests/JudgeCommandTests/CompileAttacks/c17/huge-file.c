// attack: makes a program larger than what a compilation may leave
char bytes[200ul << 20] = {1};
int main(void) { return bytes[0]; }
