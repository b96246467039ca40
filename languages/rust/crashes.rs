fn main() {
    let numbers = vec![0; 3];
    println!("{}", numbers[std::env::args().count() + 2]);
}
