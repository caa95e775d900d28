//! Abstimmung: the provider account of a month, its chain of settlements, and what is left to look at.

use super::texts;

texts! {
    reconciliation_title(month): "Abstimmung · {month}", "Reconciliation · {month}";
    reconciliation_lead: "Was am Monatsende auf dem Providerkonto liegt und warum, auf den Cent.", "What lies on the provider account at the end of the month and why, to the cent.";
    reconciliation_none: "Noch nichts abzustimmen", "Nothing to reconcile yet";
    proof_of_month: "Nachweis", "Proof";
    proof_to_the_cent: "auf den Cent", "to the cent";
    proof_opening(day): "Anfangsbestand {day}", "Opening balance {day}";
    proof_customers: "Zahlungen − Erstattungen", "Payments − refunds";
    proof_fees: "Gebühren", "Fees";
    proof_payouts: "Auszahlungen", "Payouts";
    proof_others: "Übriges", "Others";
    proof_closing(day): "Endbestand {day}", "Closing balance {day}";
    proof_liability: "Der Endbestand ist negativ: eine Verbindlichkeit gegenüber Amazon.", "The closing balance is negative: a liability to Amazon.";
    proof_difference(settlement): "Abrechnung {settlement} wurde anders ausgezahlt, als sie ergibt.", "Settlement {settlement} was paid otherwise than it owes.";
    month_end: "Monatsende", "Month end";
    month_end_clean: "Nichts offen: der Monat ist belegt, der Saldo erklärt, nichts steht zur Klärung.", "Nothing open: the month is covered, the balance explained, nothing waits for clarification.";
    clarification_rows[n]: "{n} Zeile steht auf dem Klärungskonto", "{n} Zeilen stehen auf dem Klärungskonto", "{n} row stands on the clarification account", "{n} rows stand on the clarification account";
    clarification_look: "Ansehen", "Look";
    fee_share_unusual(share, usual): "Gebührenanteil {share}, in den Monaten davor {usual}", "Fee share {share}, {usual} in the months before";
    covered_look: "Uploaddaten", "Uploads";
    export_look: "Exportieren", "Export";
    transit_of_month: "Auszahlungen des Monats", "Payouts of the month";
    transit_text: "Jede steht im Geldtransit, bis Ihr Kontoauszug sie zeigt. Der Verwendungszweck ist der, den Amazon meldet.", "Each is in transit until your bank statement shows it. The reference is the one that Amazon reports.";
    transit_none: "In diesem Monat hat Amazon keine Auszahlung gemeldet; die Buchungen zeigen die Zeilen der Berichte.", "Amazon reported no payout in this month; the entries show the rows of the reports.";
    transit_entries: "Auszahlungen in den Buchungen", "Payouts among the entries";
    payout_day: "Datum", "Date";
    payout_reference: "Verwendungszweck", "Bank reference";
    chain_of_settlements: "Kette der Abrechnungen", "Chain of settlements";
    chain_payable: "zu zahlen", "payable";
    chain_paid: "gezahlt", "paid";
    chain_open: "offen", "open";
    chain_state_paid: "ausgezahlt", "paid";
    chain_state_open: "unterwegs", "on its way";
    chain_state_nothing: "nichts zu zahlen", "nothing payable";
    chain_state_differs: "weicht ab", "differs";
    statement_print: "Saldenbestätigung zum Drucken: Strg + P.", "Print the statement of the balance with Ctrl + P.";
}
