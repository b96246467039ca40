// attack: imports files of the host's as modules and header units
import "@CANARY@";
import <../../../..@CANARY@>;
int main() {}
