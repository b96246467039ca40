// attack: brings an annotation processor, listed beside it and not in META-INF/services, which no source can be in
// expect: CE or WA
import java.lang.annotation.*;
@Own
public class Main {
    public static void main(String[] arguments) { System.out.println("no processor ran"); }
}
@interface Own {}
