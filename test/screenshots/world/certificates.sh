# Made in the folder it is started in: an authority (root.pem), the one below it that signs, and of api.internal and shop.example
# certificate and key. That of the shop has 9 days left.
set -eu
exec 2>certificates.log

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }

# Name of the files, subject, issuer, days, extensions.
signed() {
  key "$1"
  openssl req -new -key "$1.key" -subj "/CN=$2" -out "$1.csr"
  printf '%s\n' "$5" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA "$3.pem" -CAkey "$3.key" -CAcreateserial -days "$4" -extfile "$1.ext" -out "$1.pem"
}

key root
openssl req -x509 -new -key root.key -subj '/CN=Example Root' -days 3650 -out root.pem
signed authority 'Example Internal CA 2' root 730 'basicConstraints=critical,CA:TRUE'
# A certificate of so many days has an hour less a moment later.
signed api api.internal authority 65 'subjectAltName=DNS:api.internal,DNS:localhost'
signed shop shop.example authority 10 'subjectAltName=DNS:shop.example,DNS:www.shop.example'
cat authority.pem >>api.pem
cat authority.pem >>shop.pem
