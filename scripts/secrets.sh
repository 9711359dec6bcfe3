#!/bin/sh
# The secrets of an installation (docker-compose.yml, or docs/exploitation-debian.md), drawn once:
#
#   sh scripts/secrets.sh --essai             a trial on this machine: plain HTTP, mails caught
#   sh scripts/secrets.sh quatuor.example     a real site, by its host name
#   sh scripts/secrets.sh --dossier /etc/quatuor/secrets --base 127.0.0.1:5432 --redis 127.0.0.1:6379
#                                             the secrets alone, for servers that stand there
#
# What exists is kept: run again, it adds what is missing. Files are readable by the containers' users, their
# folder by its owner alone.
set -eu

dossier=secrets base=postgresql:5432 redis=redis:6379 hote='' essai='' env=.env
while [ $# -gt 0 ]; do
    case $1 in
        --essai) essai=1 hote=localhost ;;
        --dossier) dossier=$2 env='' && shift ;;
        --base) base=$2 && shift ;;
        --redis) redis=$2 && shift ;;
        -*) echo "Option inconnue : $1" >&2 && exit 2 ;;
        *) hote=$1 ;;
    esac
    shift
done
if [ -n "$env" ] && [ -z "$hote" ]; then
    echo "Donnez --essai, ou le nom d’hôte du site : sh scripts/secrets.sh quatuor.example" >&2
    exit 2
fi
command -v openssl > /dev/null || { echo "openssl est introuvable : apt install openssl" >&2 && exit 1; }

mkdir -p "$dossier"
chmod 700 "$dossier"
umask 022
garder() { # name, value: written whole or not at all, never over another
    [ -s "$dossier/$1" ] && return
    printf '%s\n' "$2" > "$dossier/.$1"
    mv "$dossier/.$1" "$dossier/$1"
    echo "$dossier/$1"
}
cle() { openssl rand -base64 32 | tr +/ -_; }

garder cle_secrete "$(openssl rand -hex 32)"
garder cle_coaching "$(cle)"
garder cle_journal "$(cle)"
garder jeton_des_mesures "$(openssl rand -hex 32)"
garder mot_de_passe_de_la_base "$(openssl rand -hex 24)"
garder mot_de_passe_de_redis "$(openssl rand -hex 24)"
garder base_du_site "postgresql://quatuor_site:$(openssl rand -hex 24)@$base/quatuor"
garder base_du_proprietaire "postgresql://quatuor:$(cat "$dossier/mot_de_passe_de_la_base")@$base/quatuor"
garder redis_du_site "redis://:$(cat "$dossier/mot_de_passe_de_redis")@$redis/0"
# Empty until the mail server, or the bucket of several machines, asks for one.
for vide in mot_de_passe_du_courriel secret_du_seau; do
    [ -e "$dossier/$vide" ] || : > "$dossier/$vide"
done

[ -n "$env" ] && [ ! -e "$env" ] || exit 0
if [ -n "$essai" ]; then
    cat > "$env" << FIN
# A trial on one machine, never a real site: passwords travel in clear, mails are caught (http://localhost:8025/).
COMPOSE_PROFILES=essai
QUATUOR_HOTE=localhost
QUATUOR_SITE=http://localhost:8000
QUATUOR_HTTPS=0
QUATUOR_PROXY=0
EMAIL_HOST=courriel
EMAIL_PORT=1025
EMAIL_TLS=0
EMAIL_FROM="Quatuor <ne-pas-repondre@localhost>"
FIN
else
    cat > "$env" << FIN
# To be filled in; nothing starts without EMAIL_HOST and EMAIL_FROM. The certificate: secrets/site.pem (whole
# chain) and secrets/site.cle. What each variable does: the head of mobility/settings.py.
COMPOSE_PROFILES=https
QUATUOR_HOTE=$hote
QUATUOR_SITE=https://$hote
EMAIL_HOST=
EMAIL_PORT=587
EMAIL_FROM=
# Only if it asks for a password, which stands in secrets/mot_de_passe_du_courriel:
#EMAIL_HOST_USER=
#EMAIL_HOST_PASSWORD_FILE=/run/secrets/mot_de_passe_du_courriel
# manage.py sauvegarder --nouvelle-cle says it:
QUATUOR_SAUVEGARDE_POUR=
QUATUOR_EDITEUR=
QUATUOR_PUBLICATION=
QUATUOR_HEBERGEUR=
QUATUOR_DPO=
QUATUOR_ACCESSIBILITE=
FIN
fi
echo "$env"
