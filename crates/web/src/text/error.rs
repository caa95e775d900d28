//! Pages that say what went wrong.

use super::texts;

texts! {
    error_back: "Zur Startseite", "To the start page";
    error_forbidden: "Das darf Ihre Rolle nicht", "Your role does not allow this";
    error_not_found: "Hier ist nichts", "There is nothing here";
    error_not_found_text: "Die Adresse stimmt nicht, oder die Seite gehört zu einem Mandanten, den Sie nicht sehen dürfen.", "The address is wrong, or the page belongs to a client that you may not see.";
    error_ours: "Das hat nicht geklappt, und es liegt an Kontor", "This did not work, and it is Kontor's fault";
    error_ours_text: "Nichts wurde geändert. Versuchen Sie es noch einmal; bleibt es dabei, hilft dem Betreiber diese Nummer:", "Nothing was changed. Try once more; if it stays so, this number helps the operator:";
    error_conflict: "Das passt nicht mehr zum Stand", "This no longer fits the state";
    error_too_often: "Zu oft hintereinander", "Too often in a row";
    error_too_large: "Das ist zu groß", "This is too large";
    error_elsewhere: "Die andere Seite antwortet nicht", "The other side does not answer";
    error_invalid: "Damit kann Kontor nichts anfangen", "Kontor cannot use this";
    confirm_title: "Bitte bestätigen", "Please confirm";
}
