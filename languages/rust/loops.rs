fn main() {
    let mut state: u32 = 1;
    while state != 0 {
        state = state % 1000 + 1;
    }
}
