//! The parts that pages are put together from, and words that many pages use.

use super::texts;

texts! {
    cancel: "Abbrechen", "Cancel";
    download_list: "herunterladen", "download";
    acts: "Aktionen", "Actions";
    narrow: "Eingrenzen", "Narrow down";
    pages: "Seiten", "Pages";
    page_before: "Zurück", "Back";
    page_after: "Weiter", "Next";
    choose_file: "Datei auswählen", "Choose file";
    choose_files: "Dateien auswählen", "Choose files";
    or_drop_one: "oder hierher ziehen", "or drop it here";
    or_drop_many: "oder viele auf einmal hierher ziehen", "or drop many at once here";
    of_total(done, total): "{done} von {total}", "{done} of {total}";
    so_far(done): "bisher {done}", "{done} so far";
    look_again: "Stand neu laden", "Load the state again";
    today_word: "heute", "today";
    yesterday_word: "gestern", "yesterday";
    tomorrow_word: "morgen", "tomorrow";
    just_now: "gerade eben", "just now";
    minutes_ago[n]: "vor {n} Minute", "vor {n} Minuten", "{n} minute ago", "{n} minutes ago";
    hours_ago[n]: "vor {n} Stunde", "vor {n} Stunden", "{n} hour ago", "{n} hours ago";
    days_ago[n]: "vor {n} Tag", "vor {n} Tagen", "{n} day ago", "{n} days ago";
}
