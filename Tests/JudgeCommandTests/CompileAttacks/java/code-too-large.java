// attack: has a method of more code than a class file can hold
public class Main {
    static int x;
    public static void main(String[] arguments) {
        «20000xx += x * №;¶»
    }
}
