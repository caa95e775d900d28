//! Schnittstellenstatus.

use super::texts;

texts! {
    status: "Schnittstellenstatus", "Status of the connections";
    status_lead: "Je Schnittstelle und Monat: welche Abrechnungen da sind, was dazwischen fehlt, und wie die Abrufe laufen.", "Per connection and month: which settlements are there, what is missing between them, and how the fetches go.";
    status_months: "Abrechnungen je Monat", "Settlements per month";
    status_by_upload: "nur aus Uploads, ohne Schnittstelle", "by uploads only, without a connection";
    status_nothing: "Noch keine Abrechnung", "No settlement yet";
    status_whole(day): "Lückenlos bis {day}", "Without a gap until {day}";
    status_between(before, after): "zwischen {before} und {after}", "between {before} and {after}";
    status_more_gaps[n]: "{n} weitere Lücke", "{n} weitere Lücken", "{n} more gap", "{n} more gaps";
    settlement_numbers: "Abrechnungsnummern", "Numbers of the settlements";
    month_covered: "Belegt", "Covered";
    month_complete: "vollständig", "complete";
    month_until(moment): "bis {moment}", "until {moment}";
    month_gap(moment): "Lücke nach {moment}", "gap after {moment}";
    month_without: "keine Abrechnung", "no settlement";
    month_open: "läuft noch", "still running";
}
