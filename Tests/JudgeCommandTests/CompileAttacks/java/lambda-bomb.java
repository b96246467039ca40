// attack: nests lambdas whose types are inferred anew for each way that an outer one may be meant
// time: 5
public class Main {
    static Object g(java.util.function.Supplier<?> x) { return null; }
    static Object g(java.util.concurrent.Callable<?> x) { return null; }
    public static void main(String[] arguments) {
        «24xg(() -> »null«24x)»;
    }
}
