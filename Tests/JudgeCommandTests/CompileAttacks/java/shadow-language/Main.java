// attack: brings classes of the language itself
// expect: CE
package java.lang;
public class Main {
    public static void main(String[] arguments) { System.out.println("held"); }
}
