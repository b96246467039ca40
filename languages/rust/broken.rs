fn main() {
    println!("no end"
}
