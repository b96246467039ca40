// attack: nests brackets until the parser's own stack is used up
public class Main {
    public static void main(String[] arguments) { int x = «50000x(»1«50000x)»; }
}
