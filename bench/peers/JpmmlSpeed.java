import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;

/** Nanoseconds for one applicant, reasons included, once warm: JpmmlSpeed CARD.pmml NUMBERS.csv */
public final class JpmmlSpeed {
  public static void main(String[] files) throws Exception {
    Evaluator evaluator = new LoadingModelEvaluatorBuilder().load(new File(files[0])).build();
    evaluator.verify();
    List<String> lines = Files.readAllLines(Path.of(files[1]));
    String[] names = lines.get(0).split(",");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",", -1);
      Map<String, Object> row = new HashMap<>();
      for (int i = 0; i < names.length; i++)
        row.put(names[i], values[i].isEmpty() ? null : Double.valueOf(values[i]));
      rows.add(row);
    }
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 8; run++) {
      long start = System.nanoTime();
      for (Map<String, Object> row : rows) evaluator.evaluate(row);
      best = Math.min(best, System.nanoTime() - start);
    }
    System.out.println((double) best / rows.size());
  }
}
