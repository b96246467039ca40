import java.io.PrintStream;

public class Main {
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, false);
        while (true) {
            out.println("All work and no play makes Jack a dull boy.");
        }
    }
}
