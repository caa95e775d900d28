//! The configuration file.

use app::configuration::Configuration;
use app::language::Language;
use exports::datev::review::Severity;

/// A configuration holds with at most warnings, or everything that is wrong has a place in the file and one line of
/// words in both languages.
pub(crate) fn configuration(bytes: &[u8]) {
    let lines = bytes.split(|byte| *byte == b'\n').count();
    let (problems, worst) = match Configuration::read_bytes(bytes) {
        Ok(configuration) => (configuration.warnings, Severity::Warning),
        Err(error) => (error.problems, Severity::Refused),
    };
    assert!(worst == Severity::Warning || problems.iter().any(|problem| problem.severity() == worst));
    for problem in problems {
        assert!(problem.severity() >= worst, "a file is accepted although it is refused");
        assert!((1..=lines).contains(&problem.position.line), "a problem outside the file");
        for language in [Language::De, Language::En] {
            let said = problem.say(language);
            assert!(!said.is_empty() && !said.contains('\n'), "a problem without a line of words: {said}");
        }
    }
}
