// attack: has more constants than a class file can hold
public class Main {
    «34000xstatic int s№=1№;¶»
    public static void main(String[] arguments) {}
}
