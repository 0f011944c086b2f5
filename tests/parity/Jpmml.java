import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jpmml.evaluator.EvaluationException;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.EvaluatorUtil;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;

/** Scores rows.tsv of each folder by its pmml.pmml: lines of a score and reasons in hexadecimal. */
public final class Jpmml {
  private static String text(String hex) {
    return new String(HexFormat.of().parseHex(hex.substring(1)), StandardCharsets.UTF_8);
  }

  private static Object number(String written) {
    switch (written) {
      case "null": return null;
      case "nan": return Double.NaN;
      case "inf": return Double.POSITIVE_INFINITY;
      case "-inf": return Double.NEGATIVE_INFINITY;
      default: return Double.parseDouble(written);
    }
  }

  /** Control: a score of the model's own rows that is wrong must be found. */
  private static void refuseWrongVerification(String model) throws Exception {
    String wrong = model.replaceFirst("<score>(-?\\d+)</score>", "<score>1$1</score>");
    Evaluator evaluator =
        new LoadingModelEvaluatorBuilder()
            .load(new ByteArrayInputStream(wrong.getBytes(StandardCharsets.UTF_8)))
            .build();
    try {
      evaluator.verify();
    } catch (EvaluationException expected) {
      return;
    }
    throw new IllegalStateException("a wrong row of ModelVerification was not found");
  }

  private static void score(Path folder) throws Exception {
    Evaluator evaluator =
        new LoadingModelEvaluatorBuilder().load(folder.resolve("pmml.pmml").toFile()).build();
    evaluator.verify();
    refuseWrongVerification(Files.readString(folder.resolve("pmml.pmml")));
    List<String[]> variables = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("variables.tsv")))
      variables.add(line.split("\t"));
    try (BufferedReader rows = Files.newBufferedReader(folder.resolve("rows.tsv"));
        PrintWriter out = new PrintWriter(folder.resolve("jpmml.tsv").toFile(), "UTF-8")) {
      for (String line = rows.readLine(); line != null; line = rows.readLine()) {
        String[] parts = line.split("\t");
        Map<String, Object> arguments = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
          String[] variable = variables.get(i);
          Object value;
          if (variable[1].equals("number")) value = number(parts[i]);
          else value = parts[i].equals("-1") ? null : text(variable[3 + Integer.parseInt(parts[i])]);
          arguments.put(text(variable[0]), value);
        }
        Map<String, ?> results = EvaluatorUtil.decodeAll(evaluator.evaluate(arguments));
        StringBuilder written = new StringBuilder();
        written.append(((Number) results.get("Credence score")).longValue());
        for (int rank = 1; results.get("Credence reason " + rank) != null; rank++) {
          byte[] reason =
              results.get("Credence reason " + rank).toString().getBytes(StandardCharsets.UTF_8);
          written.append("\tx").append(HexFormat.of().formatHex(reason));
        }
        out.println(written);
      }
    }
  }

  public static void main(String[] folders) throws Exception {
    for (String folder : folders) score(new File(folder).toPath());
  }
}
