// attack: hides the end of a comment and a second program behind escapes, with thousands of u's each
public class Main {
    // \u000a static { System.out.println("ran"); «900xint a№ = \«200xu»0031;¶» \u000a }}} \uXYZW
    public static void main(String[] arguments) {}
}
