//! The headings of the ISO form, as they are written in several languages.

use super::columns::Column;

/// How the ISO form's headings begin, or what they are, in English, French, German, Spanish, Russian, Chinese and Arabic;
/// folded.
const KNOWN: &[(Column, &[&str])] = &[
    (
        Column::Member,
        &["mb", "mbnc", "nc", "memberbody", "cmcn", "comitemembre", "organismenational", "страна", "国家", "成员"],
    ),
    (
        Column::Line,
        &[
            "line",
            "linenumber",
            "linenumbereg",
            "lineno",
            "numerodeligne",
            "ligne",
            "zeile",
            "zeilennummer",
            "numerodelinea",
            "linea",
            "nodeligne",
            "номерстроки",
            "строка",
            "行号",
            "行",
            "رقمالسطر",
            "السطر",
        ],
    ),
    (
        Column::Clause,
        &[
            "clause",
            "clausesubclause",
            "clausesubclauseeg",
            "subclause",
            "clausesubclauseannex",
            "article",
            "articleparagraphe",
            "abschnitt",
            "abschnittunterabschnitt",
            "unterabschnitt",
            "capitulo",
            "capituloapartado",
            "apartado",
            "раздел",
            "разделподраздел",
            "пункт",
            "章",
            "条款",
            "条",
            "البند",
        ],
    ),
    (
        Column::Words,
        &[
            "paragraph",
            "paragraphfiguretable",
            "paragraphfiguretableeg",
            "paragraphe",
            "alinea",
            "alineafiguretableau",
            "absatz",
            "absatzbildtabelle",
            "parrafo",
            "parrafofiguratabla",
            "figure",
            "абзац",
            "абзацрисуноктаблица",
            "段",
            "段落",
            "الفقرة",
        ],
    ),
    (
        Column::Type,
        &[
            "typeofcomment",
            "typedecommentaire",
            "typedobservation",
            "artdeskommentars",
            "kommentarart",
            "artderstellungnahme",
            "tipodecomentario",
            "типзамечания",
            "типкомментария",
            "意见类型",
            "评论类型",
            "نوعالتعليق",
        ],
    ),
    (
        Column::Why,
        &[
            "comment",
            "comments",
            "commentaire",
            "commentaires",
            "justification",
            "kommentar",
            "kommentare",
            "begrundung",
            "comentario",
            "comentarios",
            "замечани",
            "замечания",
            "комментари",
            "комментарии",
            "意见",
            "评论",
            "التعليق",
            "تعليق",
        ],
    ),
    (
        Column::Proposed,
        &[
            "proposedchange",
            "proposedchanges",
            "proposal",
            "changementpropose",
            "modificationproposee",
            "propositiondemodification",
            "vorgeschlageneanderung",
            "anderungsvorschlag",
            "cambiopropuesto",
            "modificacionpropuesta",
            "предлагаемоеизменение",
            "предложение",
            "建议修改",
            "修改建议",
            "التغييرالمقترح",
        ],
    ),
    (
        Column::Observations,
        &[
            "observationsofthesecretariat",
            "secretariatobservations",
            "observationsofthesecretariatoneachcommentsubmitted",
            "observationsofsecretariat",
            "observationsdusecretariat",
            "observationdusecretariat",
            "anmerkungendessekretariats",
            "stellungnahmedessekretariats",
            "beobachtungendessekretariats",
            "observacionesdelasecretaria",
            "observacionesdelsecretariado",
            "замечаниясекретариата",
            "комментариисекретариата",
            "秘书处意见",
            "秘书处",
            "ملاحظاتالأمانة",
            "ملاحظاتالامانة",
        ],
    ),
];

/// What the ISO form has under this folded heading, and whether it is exactly a known one or only begins as one.
pub fn iso_column(folded: &str) -> Option<(Column, bool)> {
    let fits =
        |name: &&&str| folded == **name || (name.chars().count() > 2 || !name.is_ascii()) && folded.starts_with(**name);
    let best = KNOWN.iter().flat_map(|(column, names)| names.iter().filter(fits).map(move |name| (*name, *column)));
    best.max_by_key(|(name, _)| name.len()).map(|(name, column)| (column, name == folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_exact_or_only_begins_as_one() {
        assert_eq!(iso_column("comments"), Some((Column::Why, true)));
        assert_eq!(iso_column("commentid"), Some((Column::Why, false)));
        assert_eq!(iso_column("mbncid"), Some((Column::Member, false)));
        assert_eq!(iso_column("mbid"), None);
        assert_eq!(iso_column("observationsofthesecretariat"), Some((Column::Observations, true)));
        assert_eq!(iso_column("observationsofthesecretariatfirstdraft"), Some((Column::Observations, false)));
    }
}
