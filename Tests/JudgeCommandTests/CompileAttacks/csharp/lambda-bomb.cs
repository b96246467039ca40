// attack: nests lambdas whose types are tried for each way that an outer one may be meant
// time: 3
class Own {
    class T { public T a; public int i; } class S { public S a; public string i; }
    static void M(System.Func<T, T> f) {} static void M(System.Func<S, S> f) {}
    static void Main() { M(a0 => { M(a1 => { M(a2 => { M(a3 => { M(a4 => { M(a5 => { M(a6 => { M(a7 => { M(a8 => { M(a9 => {
        M(b0 => { M(b1 => { M(b2 => { M(b3 => { M(b4 => { M(b5 => { M(b6 => { M(b7 => { M(b8 => { M(b9 => { a0.i.ToUpper();
        return null; }); «19xreturn null; }); »} }
