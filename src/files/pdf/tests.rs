//! Documents as our own reader reads them, and rules of layout.

use super::table::{columns, lines_in};
use super::*;
use crate::files::{MediaType, text};

fn plain(text: &str) -> Run<'_> {
    Run { text, look: Look::default() }
}

fn written(fill: impl FnOnce(&mut Pdf<Vec<u8>>)) -> Vec<u8> {
    let setup = Setup { title: "A title", header: "Public edition - 2026-11-29", language: "en" };
    let mut pdf = Pdf::begin(Vec::new(), &setup).unwrap();
    fill(&mut pdf);
    pdf.finish().unwrap()
}

fn read(bytes: &[u8]) -> String {
    let paragraphs = text::read(MediaType::Pdf, bytes).unwrap();
    paragraphs.into_iter().map(|it| it.text).collect::<Vec<_>>().join("\n")
}

#[test]
fn our_own_reader_reads_what_is_written() {
    let bytes = written(|pdf| {
        pdf.paragraph(Style::Heading(1), &[plain("One heading")]).unwrap();
        pdf.paragraph(Style::Plain, &[plain("Words <w:p/> & more \u{1}of them.")]).unwrap();
        pdf.numbered("12", "States should not").unwrap();
        pdf.boxed("Decision", &[(true, "First option")]).unwrap();
        pdf.begin_table(&[1, 2], &[vec![plain("Left")], vec![plain("Right")]]).unwrap();
        pdf.row(&[vec![plain("inside")], vec![plain("beside")]]).unwrap();
        pdf.end_table().unwrap();
        assert_eq!((pdf.characters_dropped(), pdf.characters_unknown()), (1, 0));
    });
    let read = read(&bytes);
    let order = ["One heading", "Words <w:p/> & more of them.", "12", "States should not", "Decision", "First option"];
    let places: Vec<usize> =
        order.iter().map(|words| read.find(words).unwrap_or_else(|| panic!("{words}: {read}"))).collect();
    assert!(places.is_sorted(), "{read}");
    assert!(read.contains("inside") && read.contains("Right"), "{read}");
}

#[test]
fn a_long_paragraph_and_a_long_row_go_on_over_pages() {
    // Words without digits: our reader takes lines that differ in numbers alone for what stands on top of each page.
    let letters = |n: usize| n.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect::<String>();
    let long: String = (0..6_000).flat_map(|n| ["w".to_owned(), letters(n), " ".to_owned()]).collect();
    let bytes = written(|pdf| {
        pdf.paragraph(Style::Plain, &[plain(&long)]).unwrap();
        pdf.begin_table(&[1, 1], &[vec![plain("Left")], vec![plain("Right")]]).unwrap();
        pdf.row(&[vec![plain(&long)], vec![plain("short")]]).unwrap();
        pdf.end_table().unwrap();
    });
    let read = read(&bytes);
    assert_eq!(read.split_whitespace().filter(|word| word.starts_with('w')).count(), 12_000);
    let pages = pdf_extract::extract_text_from_mem_by_pages(&bytes).unwrap();
    assert!(pages.len() > 20, "{} pages", pages.len());
    assert!(pages.iter().all(|page| page.contains("Public edition - 2026-11-29")), "each has its line");
    assert_eq!(read.matches("short").count(), 1);
    let headed = pages.iter().filter(|page| page.contains("Left") && page.contains("Right")).count();
    assert!(headed > 5, "headings stand on every page of the table: {headed}");
}

#[test]
fn the_table_of_a_file_leads_to_its_objects() {
    let bytes = written(|pdf| pdf.paragraph(Style::Title, &[plain("T")]).unwrap());
    let text = String::from_utf8_lossy(&bytes);
    let begin: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
    let table = std::str::from_utf8(bytes.get(begin..).unwrap()).unwrap();
    let places = table.lines().skip(3).take_while(|line| line.ends_with(" n"));
    for (number, line) in (1..).zip(places) {
        let place: usize = line.split(' ').next().unwrap().parse().unwrap();
        assert!(bytes.get(place..).unwrap().starts_with(format!("{number} 0 obj").as_bytes()), "{line}");
    }
}

#[test]
fn columns_share_the_width_and_rows_know_how_much_fits() {
    let shared = columns(&[1, 3]);
    assert_eq!(shared.len(), 2);
    assert!((shared[0].0 - LEFT).abs() < 0.01 && (shared[1].0 - LEFT - WIDTH / 4.0).abs() < 0.01, "{shared:?}");
    assert_eq!([lines_in(0.0), lines_in(18.9), lines_in(19.1), lines_in(31.5)], [0, 0, 1, 2]);
}

#[test]
fn a_document_says_what_it_is_and_which_cells_are_headings() {
    let setup = Setup { title: "Norms & <words>\u{1}", header: "", language: "en" };
    let mut pdf = Pdf::begin(Vec::new(), &setup).unwrap();
    pdf.begin_table(&[1, 1], &[vec![plain("Left")], vec![plain("Right")]]).unwrap();
    pdf.row(&[vec![plain("inside")], vec![plain("beside")]]).unwrap();
    pdf.end_table().unwrap();
    let whole = String::from_utf8_lossy(&pdf.finish().unwrap()).into_owned();
    assert_eq!(whole.matches("/Scope /Column").count(), 2);
    assert!(whole.contains("<rdf:li xml:lang=\"x-default\">Norms &amp; &lt;words&gt;</rdf:li>"), "its title");
    assert!(whole.contains("/Type /Metadata") && !whole.contains("pdfuaid"), "what no checker holds is not claimed");
    let facts = written(|pdf| {
        pdf.begin_table(&[1, 2], &[]).unwrap();
        pdf.row(&[vec![plain("Consultation")], vec![plain("Norms")]]).unwrap();
        pdf.end_table().unwrap();
    });
    let facts = String::from_utf8_lossy(&facts).into_owned();
    assert_eq!((facts.matches("/Scope /Row").count(), facts.matches("/S /TH").count()), (1, 1));
}
