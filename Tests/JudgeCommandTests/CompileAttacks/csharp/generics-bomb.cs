// attack: has a type that grows for ever while it is laid out
// expect: CE or RTE or WA
// time: 3
class Grow<T> : I<Grow<Grow<T>>> { public Grow<Grow<T>> more; }
interface I<T> {}
class Own { static void Main() { var x = new Grow<int>(); I<object> y = (I<object>)(object)x; } }
