//! A row as a line of COPY's text format: fields between tabs, `\N` for an absent value, a backslash before what would
//! end a field or a line.

use rusqlite::types::{Value, ValueRef};

use super::tables::Kind;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Appends a row; the reason where a value is not of its column's kind or nothing that PostgreSQL can hold.
pub(super) fn write<'r>(
    line: &mut Vec<u8>,
    kinds: &[Kind],
    value: impl Fn(usize) -> rusqlite::Result<ValueRef<'r>>,
) -> Result<(), &'static str> {
    for (place, kind) in kinds.iter().enumerate() {
        if place > 0 {
            line.push(b'\t');
        }
        field(line, *kind, value(place).map_err(|_| "a column cannot be read")?)?;
    }
    line.push(b'\n');
    Ok(())
}

fn field(line: &mut Vec<u8>, kind: Kind, value: ValueRef<'_>) -> Result<(), &'static str> {
    match (kind, value) {
        (_, ValueRef::Null) => line.extend_from_slice(b"\\N"),
        (Kind::Integer, ValueRef::Integer(number)) => line.extend_from_slice(number.to_string().as_bytes()),
        (Kind::Boolean, ValueRef::Integer(number)) => line.push(if number == 0 { b'f' } else { b't' }),
        (Kind::Text, ValueRef::Text(text)) => return escaped(line, text),
        (Kind::Bytes, ValueRef::Blob(bytes)) => {
            line.extend_from_slice(b"\\\\x");
            for byte in bytes {
                line.push(DIGITS[usize::from(byte >> 4)]);
                line.push(DIGITS[usize::from(byte & 0xf)]);
            }
        }
        _ => return Err("a value is not of the kind that its column says"),
    }
    Ok(())
}

fn escaped(line: &mut Vec<u8>, bytes: &[u8]) -> Result<(), &'static str> {
    for byte in bytes {
        match byte {
            0 => return Err("a text holds a zero byte, which PostgreSQL cannot store"),
            b'\\' => line.extend_from_slice(b"\\\\"),
            b'\t' => line.extend_from_slice(b"\\t"),
            b'\n' => line.extend_from_slice(b"\\n"),
            b'\r' => line.extend_from_slice(b"\\r"),
            byte => line.push(*byte),
        }
    }
    Ok(())
}

/// The values of a line, without its line feed.
pub(super) fn read(line: &[u8], kinds: &[Kind]) -> Result<Vec<Value>, &'static str> {
    let mut values = Vec::with_capacity(kinds.len());
    let mut fields = line.split(|byte| *byte == b'\t');
    for kind in kinds {
        let field = fields.next().ok_or("a line has too few fields")?;
        values.push(if field == b"\\N" { Value::Null } else { value(*kind, &unescaped(field)?)? });
    }
    if fields.next().is_some() {
        return Err("a line has too many fields");
    }
    Ok(values)
}

fn unescaped(field: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut plain = Vec::with_capacity(field.len());
    let mut bytes = field.iter();
    while let Some(byte) = bytes.next() {
        if *byte != b'\\' {
            plain.push(*byte);
            continue;
        }
        plain.push(match bytes.next().ok_or("a field ends in a backslash")? {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            byte => *byte,
        });
    }
    Ok(plain)
}

fn value(kind: Kind, field: &[u8]) -> Result<Value, &'static str> {
    match kind {
        Kind::Text => String::from_utf8(field.to_vec()).map(Value::Text).map_err(|_| "a text is not UTF-8"),
        Kind::Integer => std::str::from_utf8(field)
            .ok()
            .and_then(|text| text.parse().ok())
            .map(Value::Integer)
            .ok_or("a number is none"),
        Kind::Boolean => match field {
            b"t" => Ok(Value::Integer(1)),
            b"f" => Ok(Value::Integer(0)),
            _ => Err("a truth value is none"),
        },
        Kind::Bytes => field
            .strip_prefix(b"\\x")
            .and_then(|digits| {
                digits
                    .chunks(2)
                    .map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?))
                    .collect()
            })
            .map(Value::Blob)
            .ok_or("bytes are not in hexadecimal"),
    }
}

fn digit(character: u8) -> Option<u8> {
    DIGITS.iter().position(|digit| *digit == character).and_then(|place| u8::try_from(place).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 4] = [Kind::Text, Kind::Integer, Kind::Boolean, Kind::Bytes];

    fn round_trip(values: &[Value]) -> Vec<Value> {
        let mut line = Vec::new();
        write(&mut line, &KINDS, |place| Ok(ValueRef::from(&values[place]))).unwrap();
        assert_eq!(line.pop(), Some(b'\n'));
        assert!(!line.contains(&b'\n'), "one row is one line");
        read(&line, &KINDS).unwrap()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let rows = [
            [
                Value::Text("a\tb\\N\r\n«Ü»".to_owned()),
                Value::Integer(i64::MIN),
                Value::Integer(1),
                Value::Blob(vec![0, 255, 9, 10]),
            ],
            [Value::Null, Value::Null, Value::Null, Value::Null],
            [Value::Text("\\N".to_owned()), Value::Integer(0), Value::Integer(0), Value::Blob(Vec::new())],
            [Value::Text(String::new()), Value::Integer(7), Value::Integer(0), Value::Blob(b"\\x".to_vec())],
        ];
        for row in rows {
            assert_eq!(round_trip(&row), row);
        }
    }

    #[test]
    fn what_no_column_can_hold_is_refused() {
        let mut line = Vec::new();
        let zero = write(&mut line, &[Kind::Text], |_| Ok(ValueRef::Text(b"a\0")));
        assert!(zero.unwrap_err().contains("zero byte"));
        let wrong = write(&mut line, &[Kind::Integer], |_| Ok(ValueRef::Text(b"7")));
        assert!(wrong.unwrap_err().contains("kind"));
        for (bytes, kind) in [
            (&b"x"[..], Kind::Integer),
            (b"yes", Kind::Boolean),
            (b"\\\\xabc", Kind::Bytes),
            (b"\xff", Kind::Text),
            (b"a\\", Kind::Text),
            (b"1\t2", Kind::Integer),
        ] {
            assert!(read(bytes, &[kind]).is_err(), "{bytes:?}");
        }
    }
}
