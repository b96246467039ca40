// The second program is the slow one.
int main() {
    for (volatile int turn = 0;; turn = turn + 1) {
    }
}
