// attack: has thousands of candidates, each of which the compiler lists for each mistake
// time: 1
«1500xstruct S№ {}; void f(S№, S№);¶»
struct None {};
int main() {
    «1500xf(None(), S№());¶»
}
