"""sign_fields.py SOURCE TARGET FIELD...

Signs existing fields of a PDF one after the other with self-made certificates, then validates each
signature. Prints JSON.
"""

import datetime
import io
import json
import sys

from asn1crypto import keys, x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore


# An appearance with nothing in it.
NOTHING = StaticStampStyle(
    background=RawContent(b"", box=BoxConstraints(width=10, height=10)),
    border_width=0,
    background_opacity=1,
)


def signer(name):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    # Signatures and non-repudiation, nothing else.
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    der = serialization.Encoding.DER
    pkcs8 = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(der, pkcs8, serialization.NoEncryption())
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(der)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )


source, target, names = sys.argv[1], sys.argv[2], sys.argv[3:]
with open(source, "rb") as file:
    data = file.read()
people = {}
for name in names:
    people[name] = signer(name)
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    meta = signers.PdfSignatureMetadata(field_name=name, md_algorithm="sha256")
    # An office's program draws its own picture; here nothing is drawn, so that only the signing is
    # judged.
    pdf_signer = signers.PdfSigner(meta, signer=people[name], stamp_style=NOTHING)
    data = pdf_signer.sign_pdf(writer, existing_fields_only=True).getvalue()
with open(target, "wb") as file:
    file.write(data)

report = []
with open(target, "rb") as file:
    reader = PdfFileReader(file)
    for signature in reader.embedded_signatures:
        context = ValidationContext(trust_roots=[people[signature.field_name].signing_cert])
        status = validate_pdf_signature(signature, context)
        report.append(
            {
                "field": signature.field_name,
                "intact": status.intact,
                "valid": status.valid and status.bottom_line,
            }
        )
print(json.dumps(report))
