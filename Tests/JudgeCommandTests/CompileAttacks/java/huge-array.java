// attack: has tables of constants beyond what a class's first method can hold
public class Main {
    static final int[][] table = {«30x{«1000x1234567,»},»};
    public static void main(String[] arguments) { System.out.println(table.length); }
}
