//! The 31 fields of the header line (header version 700).
//!
//! Source: DATEV developer portal, DATEV-Format, header.

use super::{Column, Rule};

/// The fields of the header line in the order of the file. Fields 15 and 16 are mandatory in categories 21 and 65,
/// fields 19 to 22 in category 21.
pub static HEADER: [Column; 31] = [
    Column::text(1, "Kennzeichen", 4).one_of(&["EXTF", "DTVF"]).mandatory(),
    Column::number(2, "Versionsnummer", 3).one_of(&["700"]).mandatory(),
    Column::number(3, "Formatkategorie", 2).digits(2, 2).mandatory(),
    Column::text(4, "Formatname", 0).mandatory(),
    Column::number(5, "Formatversion", 3).digits(1, 2).mandatory(),
    Column::number(6, "Erzeugt am", 17).rule(Rule::Instant).mandatory(),
    Column::empty(7, "Importiert"),
    Column::text(8, "Herkunft", 2).rule(Rule::Word),
    Column::text(9, "Exportiert von", 25).rule(Rule::Word),
    Column::text(10, "Importiert von", 25).rule(Rule::Word),
    Column::number(11, "Beraternummer", 7).digits(4, 7).mandatory(),
    Column::number(12, "Mandantennummer", 5).mandatory(),
    Column::date(13, "WJ-Beginn").rule(Rule::YearMonthDay).mandatory(),
    Column::number(14, "Sachkontenlänge", 1).one_of(&["4", "5", "6", "7", "8"]).mandatory(),
    Column::date(15, "Datum von").rule(Rule::YearMonthDay),
    Column::date(16, "Datum bis").rule(Rule::YearMonthDay),
    Column::text(17, "Bezeichnung", 30).rule(Rule::Label),
    Column::text(18, "Diktatkürzel", 2).capitals(2),
    Column::number(19, "Buchungstyp", 1).one_of(&["1", "2"]),
    Column::number(20, "Rechnungslegungszweck", 2).one_of(&["0", "30", "40", "50", "64"]),
    Column::number(21, "Festschreibung", 1).one_of(&["0", "1"]),
    Column::text(22, "WKZ", 3).capitals(3),
    Column::empty(23, "Reserviert"),
    Column::text(24, "Derivatskennzeichen", 0).rule(Rule::Nothing),
    Column::empty(25, "Reserviert"),
    Column::empty(26, "Reserviert"),
    Column::text(27, "Sachkontenrahmen", 4).digits(2, 4),
    Column::number(28, "ID der Branchenlösung", 4),
    Column::empty(29, "Reserviert"),
    Column::text(30, "Reserviert", 0).rule(Rule::Nothing),
    Column::text(31, "Anwendungsinformation", 16),
];
