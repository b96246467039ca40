// attack: lets the search for a trait double with each step
// time: 3
#![recursion_limit = "1000000"]
trait Know { const SIZE: u64; }
impl Know for () { const SIZE: u64 = 1; }
impl<A: Know, B: Know> Know for (A, B) { const SIZE: u64 = A::SIZE + B::SIZE; }
type T0 = ((), ());
type T1 = (T0, (T0, ())); type T2 = (T1, (T1, ())); type T3 = (T2, (T2, ())); type T4 = (T3, (T3, ()));
type T5 = (T4, (T4, ())); type T6 = (T5, (T5, ())); type T7 = (T6, (T6, ())); type T8 = (T7, (T7, ()));
type T9 = (T8, (T8, ())); type A1 = (T9, (T9, ())); type A2 = (A1, (A1, ())); type A3 = (A2, (A2, ()));
type A4 = (A3, (A3, ())); type A5 = (A4, (A4, ())); type A6 = (A5, (A5, ())); type A7 = (A6, (A6, ()));
type A8 = (A7, (A7, ())); type A9 = (A8, (A8, ())); type B1 = (A9, (A9, ())); type B2 = (B1, (B1, ()));
type B3 = (B2, (B2, ())); type B4 = (B3, (B3, ())); type B5 = (B4, (B4, ())); type B6 = (B5, (B5, ()));
fn main() { println!("{}", <B6 as Know>::SIZE); }
