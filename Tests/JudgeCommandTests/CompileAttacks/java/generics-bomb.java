// attack: has types that grow for ever while it is decided whether one is the other's kind
// time: 5
// expect: CE
public class Main {
    interface N<Z> {}
    interface C<X> extends N<N<? super C<C<X>>>> {}
    static N<? super C<Byte>> cast(C<Byte> c) { return c; }
    public static void main(String[] arguments) {}
}
