// attack: says that its mistakes are in lines of the host's file, which messages could show
#line 1 "@CANARY@"
class Own { static void Main() { int x = ; } }
#line 1 "@ANSWER@"
class Two { static int f() { return "x"; } }
