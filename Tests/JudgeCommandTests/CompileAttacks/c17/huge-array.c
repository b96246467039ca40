// attack: makes a program of gigabytes by an array that is set
// time: 1
char bytes[3ul << 30] = {[0 ... (3ul << 30) - 1] = 1};
int main(void) { return bytes[0]; }
