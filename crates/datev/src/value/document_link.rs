//! Links from a posting to its document.

use thiserror::Error;

/// The link of field 20 to a document that was handed over before: system, blank, quoted GUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DocumentLink {
    system: DocumentSystem,
    guid: [u8; 36],
}

/// Where the document lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentSystem {
    /// DATEV Unternehmen online: `BEDI`.
    Online,
    /// DATEV DMS and Dokumentenablage: `DDMS`.
    Dms,
    /// The old Dokumentenorganisation: `DORG`.
    Organisation,
}

impl DocumentSystem {
    /// The letters before the GUID.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Online => "BEDI",
            Self::Dms => "DDMS",
            Self::Organisation => "DORG",
        }
    }

    const ALL: [Self; 3] = [Self::Online, Self::Dms, Self::Organisation];
}

impl DocumentLink {
    /// Takes the GUID with its hyphens and without braces: `06bcd671-98dd-401f-933a-c01d59242b63`.
    ///
    /// # Errors
    /// Refuses what is no GUID.
    pub fn new(system: DocumentSystem, guid: &str) -> Result<Self, LinkError> {
        let bytes = <[u8; 36]>::try_from(guid.as_bytes()).ok().filter(is_guid);
        bytes.map(|guid| Self { system, guid }).ok_or_else(|| LinkError { found: guid.to_owned() })
    }

    /// Reads the text of the field, `BEDI "06bcd671-…"`.
    ///
    /// # Errors
    /// Refuses any other form.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let refused = || LinkError { found: text.to_owned() };
        let system = DocumentSystem::ALL.into_iter().find(|system| text.starts_with(system.letters()));
        let system = system.ok_or_else(refused)?;
        let quoted =
            text[system.letters().len()..].strip_prefix(" \"").and_then(|rest| rest.strip_suffix('"'));
        quoted.and_then(|guid| Self::new(system, guid).ok()).ok_or_else(refused)
    }

    /// Where the document lies.
    pub const fn system(&self) -> DocumentSystem {
        self.system
    }

    /// The GUID.
    pub fn guid(&self) -> &str {
        std::str::from_utf8(&self.guid).unwrap_or_default()
    }

    /// The text of the field, before its quotes are doubled.
    pub fn text(&self) -> String {
        format!("{} \"{}\"", self.system.letters(), self.guid())
    }
}

fn is_guid(bytes: &[u8; 36]) -> bool {
    bytes.iter().enumerate().all(|(index, byte)| match index {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

/// A text that is no link.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "document link {found:?}: expected BEDI, DDMS or DORG and a GUID such as 06bcd671-98dd-401f-933a-c01d59242b63"
)]
pub struct LinkError {
    /// The text found.
    pub found: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_its_system_and_its_guid() {
        let guid = "06bcd671-98dd-401f-933a-c01d59242b63";
        let link = DocumentLink::new(DocumentSystem::Online, guid).unwrap();
        assert_eq!(link.text(), "BEDI \"06bcd671-98dd-401f-933a-c01d59242b63\"");
        assert_eq!(DocumentLink::parse(&link.text()), Ok(link));
        for bad in [guid, "BEDI", "BEDI \"x\"", "BEDI x", "ABCD \"06bcd671-98dd-401f-933a-c01d59242b63\""] {
            assert!(DocumentLink::parse(bad).is_err(), "{bad}");
        }
        assert!(DocumentLink::new(DocumentSystem::Dms, "06bcd671_98dd-401f-933a-c01d59242b63").is_err());
    }
}
