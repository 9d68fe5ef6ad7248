# shellcheck shell=sh
# Read by whatever starts PyTorch here.

# On processors of AMD's family 26 (Zen 5; seen on a virtual EPYC) oneDNN, which PyTorch convolves with, computes wrong results where it uses
# AVX: the states of an LSTM are half of what they must be, and of equal trainings one diverges and another does not. With SSE 4.1 the tests
# here find what they find on other processors. Whoever sets the variable decides.
if [ -z "${DNNL_MAX_CPU_ISA:-}" ] && awk -F ': *' '
    /^vendor_id/ { amd = $2 == "AuthenticAMD" }
    /^cpu family/ { zen5 = $2 == 26 }
    /^$/ { exit }
    END { exit !(amd && zen5) }' /proc/cpuinfo 2> /dev/null; then
  export DNNL_MAX_CPU_ISA=SSE41
fi
