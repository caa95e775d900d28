//! A walk through XML element by element, event by event: nothing of the document is held but the way to where it is.
//!
//! Whoever gets a child has to take it whole: by [`Xml::text`], by [`Xml::skip`], or child by child.

use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use crate::error::{Place, Problem, ReadError, shortened};
use crate::limits::Limits;

/// How many elements of the way are named in an error, the innermost.
const NAMED: usize = 4;

/// The walk.
pub(super) struct Xml<'x> {
    reader: NsReader<&'x [u8]>,
    whole: &'x str,
    namespace: String,
    /// The elements that are open, each with its name and where it begins.
    way: Vec<(String, u64)>,
    /// The element that ended last.
    closed: Option<(String, u64)>,
    /// A place whose line is known, and that line: lines are counted on from there.
    counted: (usize, u64),
    depth_max: usize,
}

/// The first element.
#[derive(Debug)]
pub(super) struct Root {
    /// Its name without prefix.
    pub(super) name: String,
    /// Its namespace, if it has one.
    pub(super) namespace: Option<String>,
}

/// An element that begins.
#[derive(Debug)]
pub(super) struct Child {
    /// Its name without prefix.
    pub(super) name: String,
    /// Its attribute `Ccy`, which amounts have.
    pub(super) currency: Option<String>,
}

/// What comes next.
enum Step {
    Start(Child),
    /// An element of another namespace.
    Foreign,
    End,
    Text(String),
    /// The document is over.
    Over,
}

impl<'x> Xml<'x> {
    pub(super) fn new(text: &'x str, limits: &Limits) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_comments = true;
        Self {
            reader,
            whole: text,
            namespace: String::new(),
            way: Vec::new(),
            closed: None,
            counted: (0, 1),
            depth_max: limits.depth,
        }
    }

    /// Enters the first element. From here on only elements of its namespace count.
    pub(super) fn root(&mut self) -> Result<Root, ReadError> {
        loop {
            let begin = self.reader.buffer_position();
            let (resolved, event) = match self.reader.read_resolved_event() {
                Ok(read) => read,
                Err(error) => return Err(self.broken(&error)),
            };
            match event {
                Event::Start(start) => {
                    let namespace = match resolved {
                        ResolveResult::Bound(namespace) => Some(namespace.0.to_owned()),
                        _ => None,
                    };
                    let name = start.local_name().as_ref().to_owned();
                    self.namespace = namespace.clone().unwrap_or_default();
                    self.way.push((name.clone(), begin));
                    return Ok(Root { name, namespace });
                }
                Event::Eof => return Err(self.refuse(Problem::Missing { what: "Document" })),
                Event::DocType(_) => return Err(self.refuse(Problem::DocumentType)),
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    return Err(self.refuse(Problem::Content));
                }
                _ => {}
            }
        }
    }

    /// The next child of the element that is open; none when it ends.
    pub(super) fn child(&mut self) -> Result<Option<Child>, ReadError> {
        loop {
            match self.step()? {
                Step::Start(child) => return Ok(Some(child)),
                Step::Foreign => self.skip()?,
                Step::End => return Ok(None),
                Step::Text(text) if text.trim().is_empty() => {}
                Step::Text(_) => return Err(self.refuse(Problem::Content)),
                Step::Over => return Err(self.unfinished()),
            }
        }
    }

    /// The text of the element that is open, without blanks at its ends; it ends with it.
    pub(super) fn text(&mut self) -> Result<String, ReadError> {
        let mut whole = String::new();
        loop {
            match self.step()? {
                Step::Text(text) => whole.push_str(&text),
                Step::End => return Ok(whole.trim().to_owned()),
                Step::Start(_) | Step::Foreign => return Err(self.refuse(Problem::Content)),
                Step::Over => return Err(self.unfinished()),
            }
        }
    }

    /// The text of the element that is open, or of its child of that name, whichever is there.
    pub(super) fn text_or_first(&mut self, name: &str) -> Result<String, ReadError> {
        let mut whole = String::new();
        loop {
            match self.step()? {
                Step::Text(text) => whole.push_str(text.trim()),
                Step::Start(child) if child.name == name && whole.is_empty() => whole = self.text()?,
                Step::Start(_) | Step::Foreign => self.skip()?,
                Step::End => return Ok(whole),
                Step::Over => return Err(self.unfinished()),
            }
        }
    }

    /// Passes over the rest of the element that is open.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.way.len().saturating_sub(1);
        while self.way.len() > outside {
            if matches!(self.step()?, Step::Over) {
                return Err(self.unfinished());
            }
        }
        Ok(())
    }

    /// Nothing may follow the first element.
    pub(super) fn end(&mut self) -> Result<(), ReadError> {
        loop {
            match self.step()? {
                Step::Over => return Ok(()),
                Step::Text(text) if text.trim().is_empty() => {}
                _ => return Err(self.refuse(Problem::Content)),
            }
        }
    }

    /// The line on which the element that is open begins.
    pub(super) fn line(&mut self) -> u64 {
        let begin = self.way.last().map_or(0, |(_, begin)| *begin);
        let begin = usize::try_from(begin).unwrap_or(usize::MAX).min(self.whole.len());
        let (from, line) = self.counted;
        let between = self.whole.as_bytes().get(from..begin).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', between).count();
        self.counted = (begin.max(from), line.saturating_add(u64::try_from(lines).unwrap_or(u64::MAX)));
        self.counted.1
    }

    /// A problem of the element that is open.
    pub(super) fn refuse(&self, problem: Problem) -> ReadError {
        ReadError::at(self.place_of(self.way.last()), &self.tag(None), problem)
    }

    /// A problem of the element that ended last.
    pub(super) fn refuse_closed(&self, problem: Problem) -> ReadError {
        let place = self.place_of(self.closed.as_ref().or(self.way.last()));
        ReadError::at(place, &self.tag(self.closed.as_ref()), problem)
    }

    fn step(&mut self) -> Result<Step, ReadError> {
        loop {
            let begin = self.reader.buffer_position();
            let (resolved, event) = match self.reader.read_resolved_event() {
                Ok(read) => read,
                Err(error) => return Err(self.broken(&error)),
            };
            let step = match event {
                Event::Start(start) => {
                    let own =
                        matches!(resolved, ResolveResult::Bound(namespace) if namespace.0 == self.namespace);
                    return self.enter(&start, begin, own);
                }
                Event::End(_) => {
                    self.closed = self.way.pop();
                    Step::End
                }
                Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Step::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => {
                    let character = name.resolve_char_ref().map_err(|error| self.broken(&error))?;
                    let character = character.or_else(|| predefined(&name));
                    let unknown = || Problem::Entity { name: shortened(&name) };
                    Step::Text(character.ok_or_else(|| self.refuse(unknown()))?.to_string())
                }
                Event::DocType(_) => return Err(self.refuse(Problem::DocumentType)),
                Event::Eof => Step::Over,
                _ => continue,
            };
            return Ok(step);
        }
    }

    fn enter(&mut self, start: &BytesStart<'_>, begin: u64, own: bool) -> Result<Step, ReadError> {
        let name = start.local_name().as_ref().to_owned();
        let mut currency = None;
        self.way.push((name.clone(), begin));
        if self.way.len() > self.depth_max {
            return Err(self.refuse(Problem::TooDeep { most: self.depth_max }));
        }
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.xml(&error.to_string()))?;
            if attribute.key.as_ref() == "Ccy" {
                currency = Some(attribute.value.trim().to_owned());
            }
        }
        Ok(if own { Step::Start(Child { name, currency }) } else { Step::Foreign })
    }

    fn unfinished(&self) -> ReadError {
        self.refuse(Problem::CutOff)
    }

    fn broken(&self, error: &Error) -> ReadError {
        let place = self.place_at(self.reader.error_position());
        ReadError::at(place, &self.tag(None), Problem::Xml { message: shortened(&error.to_string()) })
    }

    fn xml(&self, message: &str) -> ReadError {
        self.refuse(Problem::Xml { message: shortened(message) })
    }

    /// `Stmt/Ntry/Amt`: the innermost elements that are open.
    fn tag(&self, closed: Option<&(String, u64)>) -> String {
        let names: Vec<&(String, u64)> = self.way.iter().chain(closed).collect();
        let inner = names.len().saturating_sub(NAMED);
        let names: Vec<String> = names.into_iter().skip(inner).map(|(name, _)| shortened(name)).collect();
        names.join("/")
    }

    fn place_of(&self, element: Option<&(String, u64)>) -> Place {
        self.place_at(element.map_or(0, |(_, begin)| *begin))
    }

    fn place_at(&self, offset: u64) -> Place {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(self.whole.len());
        let before = self.whole.as_bytes().get(..offset).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', before).count();
        let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let column = String::from_utf8_lossy(last).chars().count();
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX).saturating_add(1);
        Place { line: number(lines), column: Some(number(column)) }
    }
}

/// The five entities that XML knows by itself.
fn predefined(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    }
}
