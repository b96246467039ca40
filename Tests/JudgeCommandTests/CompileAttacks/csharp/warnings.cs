// attack: has a hundred thousand mistakes and warnings of its own words
class Own {
«20000x#error the same and the same and the same¶»
    static void Main() {}
}
