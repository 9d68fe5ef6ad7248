package io.github.primesim.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

/**
 * Outlines that occur several times in an SVG document, kept once.
 *
 * <p>The library draws the letters of a chart as outlines, which are most of a file, and panels
 * have many words in common.
 */
final class SharedOutlines {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String XLINK = "http://www.w3.org/1999/xlink";
  private static final String OUTLINE = "d";

  /** A reference takes some 60 letters. */
  private static final int SHORT = 200;

  private SharedOutlines() {}

  /** Replaces all but one of equal outlines below {@code root} by references to that. */
  static void in(Element root) {
    Map<String, List<Element>> equal = new LinkedHashMap<>();
    NodeList paths = root.getElementsByTagNameNS(SVG, "path");
    for (int i = 0; i < paths.getLength(); i++) {
      Element path = (Element) paths.item(i);
      String outline = path.getAttribute(OUTLINE);
      if (outline.length() >= SHORT) {
        equal.computeIfAbsent(outline, any -> new ArrayList<>()).add(path);
      }
    }
    Document document = root.getOwnerDocument();
    Element definitions = document.createElementNS(SVG, "defs");
    for (Map.Entry<String, List<Element>> each : equal.entrySet()) {
      List<Element> all = each.getValue();
      if (all.size() > 1) {
        String name = "outline" + definitions.getChildNodes().getLength();
        Element once = document.createElementNS(SVG, "path");
        once.setAttribute("id", name);
        once.setAttribute(OUTLINE, each.getKey());
        definitions.appendChild(once);
        all.forEach(path -> path.getParentNode().replaceChild(reference(path, name), path));
      }
    }
    root.insertBefore(definitions, root.getFirstChild());
  }

  /** Everything else that the path says stays with the reference, from which it is inherited. */
  private static Element reference(Element path, String name) {
    Element use = path.getOwnerDocument().createElementNS(SVG, "use");
    NamedNodeMap attributes = path.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      if (!attribute.getName().equals(OUTLINE)) {
        use.setAttribute(attribute.getName(), attribute.getValue());
      }
    }
    use.setAttributeNS(XLINK, "xlink:href", "#" + name);
    return use;
  }
}
