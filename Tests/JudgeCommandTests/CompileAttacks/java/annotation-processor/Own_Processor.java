import java.util.*;
import javax.annotation.processing.*;
import javax.lang.model.element.*;
@SupportedAnnotationTypes("*")
public class Own_Processor extends AbstractProcessor {
    static { System.exit(7); }
    public boolean process(Set<? extends TypeElement> all, RoundEnvironment round) { return false; }
}
