// attack: builds a string of thousands of parts, and each part's type anew
// time: 5
public class Main {
    public static void main(String[] arguments) {
        String x = "" «9000x+ arguments[№]»;
    }
}
